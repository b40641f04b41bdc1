#!/usr/bin/env bash
# How many rows a second the Lindorm source reads, beside a plain JDBC loop, and in how much memory.
#
#   bench/lindorm.sh [--quick]
set -euo pipefail

rows=1000000 rounds=5
case "${1:-}" in
  '') ;;
  --quick) rows=320000 rounds=3 ;;
  *)
    echo "usage: $0 [--quick]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
cat <<WORDS
Sensor readings of seven columns, a million in the table, are read from the embedded Lindorm server,
in another process, with Lindorm's own driver in pages of 2,000. The figure is rows for each second of wall
time. A Flink job from the source to a sink that discards, with one reader and with two, takes turns
with a plain JDBC loop in one thread: the same statements, every column of each row read, nothing made
of it. The job's start and planning count. The first two turns of each are a warm-up, and the
figures are the medians of the others. Server and readers share the processors, so two readers gain
only what the server leaves. The heap is what is in use after a garbage collection: the median of forty
during a read of 100,000 rows, and of 1,000,000.

WORDS
classpath=target/bench.classpath
mvn -q -B test-compile dependency:build-classpath -DincludeScope=test \
  -DexcludeArtifactIds=avatica-standalone-server -Dmdep.outputFile="$classpath" >&2

BENCH_PASSWORD=bench exec java -Xmx1g -XX:+UseParallelGC -Ddynaload.home="$PWD" \
  -cp "target/test-classes:target/classes:$(<"$classpath")" \
  io.dynaload.bench.LindormBench "$rows" "$rounds"
