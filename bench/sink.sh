#!/usr/bin/env bash
# How many items a CPU-second the sink writes, beside Flink's own, a bare loop over the SDK, and the limit.
#
#   bench/sink.sh [--quick] [ours|flink|sdk|limit]...
#   bench/sink.sh [--quick] conditional
set -euo pipefail

items=1500000 rounds=5
if [ "${1:-}" = --quick ]; then
  items=300000 rounds=3
  shift
fi
for contestant in "$@"; do
  case "$contestant" in
    ours | flink | sdk | limit | conditional) ;;
    *)
      echo "usage: $0 [--quick] [ours|flink|sdk|limit]... or conditional" >&2
      exit 2
      ;;
  esac
done

cd "$(dirname "$0")/.."
cat <<WORDS
Generated items of 80 bytes, and of 1 KB, each of another key, are written to a server in another
process that answers at once, so nothing but the writer's own work counts. The figure is items for each
second of CPU time of the writing process, compilers and garbage collection included. By turns:
  ours   a Flink job of parallelism 2: the generator, a rebalance, this project's sink
  flink  the same job with Flink's own DynamoDbSink
  sdk    no job: a bare loop over the SDK's DynamoDbAsyncClient with its CRT HTTP client
  limit  no job: the same bodies over blocking sockets, signed with a key that is derived once
conditional, which has to be asked for alone, is ours in the write mode insert-only: one item a call.
The first three turns of each are a warm-up, and the figures are the medians of the others.

WORDS
classpath=target/bench.classpath
mvn -q -B test-compile dependency:build-classpath -DincludeScope=test \
  -DexcludeArtifactIds=avatica-standalone-server -Dmdep.outputFile="$classpath" >&2

AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench exec java -Xmx1g -XX:+UseParallelGC \
  -cp "target/test-classes:target/classes:$(<"$classpath")" \
  io.dynaload.bench.SinkBench "$items" "$rounds" "$@"
