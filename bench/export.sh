#!/usr/bin/env bash
# How fast the data files of a DynamoDB export become items, beside the usual way, and zcat.
#
#   bench/export.sh [--quick]
set -euo pipefail

megabytes=400 rounds=5
case "${1:-}" in
  '') ;;
  --quick) megabytes=100 rounds=3 ;;
  *)
    echo "usage: $0 [--quick]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
cat <<WORDS
One gzipped file of a full export in DYNAMODB_JSON, of orders of some 600 bytes, is read in one thread.
The figure is megabytes of JSON for each second of CPU time, compilers and garbage collection
included. By turns:
  ours     into checked items: JSON, UTF-8, types, numbers, Base64, sets, names, depth and size
  jackson  a Jackson tree of each line, and a map of the SDK's AttributeValues of that; no further checks
  gunzip   nothing but decompressed, in Java
  zcat     zcat FILE | wc -l, both processes
The first three turns of each are a warm-up, and the figures are the medians of the others.

WORDS
classpath=target/bench.classpath
mvn -q -B test-compile dependency:build-classpath -DincludeScope=test \
  -DexcludeArtifactIds=avatica-standalone-server -Dmdep.outputFile="$classpath" >&2

exec java -Xmx1g -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(<"$classpath")" \
  io.dynaload.bench.ExportBench "$megabytes" "$rounds"
