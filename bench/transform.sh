#!/usr/bin/env bash
# What the steps of a transform cost: beside the same logic written by hand in Java, and within a whole import.
#
#   bench/transform.sh [--quick]
set -euo pipefail

items=1000000 rounds=7
if [ "${1:-}" = --quick ]; then
  items=200000 rounds=3
  shift
fi
if [ $# -gt 0 ]; then
  echo "usage: $0 [--quick]" >&2
  exit 2
fi

cd "$(dirname "$0")/.."
cat <<WORDS
Rows of a shop's tracker, of 80 bytes and of 1 KB, go through steps, and through a class that does the same for these
rows alone, over the same bytes, and knows all about them. The figures are nanoseconds of CPU time an item:
  select       select three of four attributes, rename one
  expressions  a condition; a text of a time as seconds since 1970; a sum
ratio_select and ratio_expressions are the time by hand divided by that of the steps: more than 1 is faster than by hand.
share_of_cpu is the part that the three expressions have in the CPU time of a whole Flink job (a generator, a rebalance,
this project's sink, to a server in another process that answers at once), as the difference between it and the same job without
them, on rows of 80 bytes. The first three turns of each are a warm-up, and the figures are the medians of the others.

WORDS
classpath=target/bench.classpath
mvn -q -B test-compile dependency:build-classpath -DincludeScope=test \
  -DexcludeArtifactIds=avatica-standalone-server -Dmdep.outputFile="$classpath" >&2

AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench exec java -Xmx1g -XX:+UseParallelGC \
  -cp "target/test-classes:target/classes:$(<"$classpath")" \
  io.dynaload.bench.TransformBench "$items" "$rounds"
