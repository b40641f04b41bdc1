#!/usr/bin/env bash
# How many items a CPU-second the pipeline moves, beside Flink's own DynamoDB sink.
#
#   bench/pipeline.sh [--quick]
set -euo pipefail

items=1500000 rounds=5
case "${1:-}" in
  '') ;;
  --quick) items=300000 rounds=3 ;;
  *)
    echo "usage: $0 [--quick]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
cat <<WORDS
Generated items of 80 bytes, each of another key, go through a rebalance into a sink, as a Flink job
of parallelism 2. Calls go to a server in another process that answers at once, so nothing but
the job's own work counts. The figure is items for each second of CPU time of the job's process,
compilers and garbage collection included. This project's sink and Flink's DynamoDbSink take turns,
on the same source and as many items; the first three turns of each are a warm-up, and the figures are the medians of the others.

WORDS
classpath=target/bench.classpath
mvn -q -B test-compile dependency:build-classpath -DincludeScope=test \
  -DexcludeArtifactIds=avatica-standalone-server -Dmdep.outputFile="$classpath" >&2

AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench exec java -Xmx1g -XX:+UseParallelGC \
  -cp "target/test-classes:target/classes:$(<"$classpath")" \
  io.dynaload.bench.PipelineBench "$items" "$rounds"
