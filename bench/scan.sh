#!/usr/bin/env bash
# How fast a table is copied, scan to sink, beside a program that is written by hand over the SDK.
#
#   bench/scan.sh [--quick]
set -euo pipefail

items=1500000 local_items=60000 rounds=3
if [ "${1:-}" = --quick ]; then
  items=800000 local_items=30000 rounds=2
  shift
fi
if [ $# -gt 0 ]; then
  echo "usage: $0 [--quick]" >&2
  exit 2
fi

cd "$(dirname "$0")/.."
cat <<WORDS
A table of items of 80 bytes, and of 1 KB, each of another key, is copied by turns:
  ours   a whole import of parallelism 2: scan, rebalance, sink, with checkpoints, limits and a ledger
  sdk    a program over the SDK's DynamoDbAsyncClient with its CRT HTTP client, tuned by hand: eight
         segments side by side, each a page ahead, full batches, 16 of them in flight
First from and to a server in another process that answers scans with prepared pages and writes at
once: items for each second of CPU time of the copying process, compilers and garbage collection
included. Then on DynamoDB Local, also in a process of its own, at 80 bytes: items a second by the clock,
from the start of the copy, ours with its inspection and the job's start, to its end. The first three
turns of each are a warm-up, and the figures are the medians of the others.

WORDS
classpath=target/bench.classpath
mvn -q -B test-compile dependency:build-classpath -DincludeScope=test \
  -DexcludeArtifactIds=avatica-standalone-server -Dmdep.outputFile="$classpath" >&2

AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench exec java -Xmx1g -XX:+UseParallelGC \
  -cp "target/test-classes:target/classes:$(<"$classpath")" \
  io.dynaload.bench.ScanBench "$items" "$local_items" "$rounds"
