#!/usr/bin/env bash
# How fast an object is read from S3: by the AWS SDK, as the sources of files do, and by Flink's file system.
#
#   bench/storage.sh [--quick]
set -euo pipefail

rounds=9
case "${1:-}" in
  '') ;;
  --quick) rounds=3 ;;
  *)
    echo "usage: $0 [--quick]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
cat <<WORDS
One object of 200 MB, in the memory of an S3 server in another process on this machine, is read in one
thread, ten times a turn, by turns. The figures are megabytes for each second, and for each second of
this process's CPU time; medians. Without TLS, which costs both ways the same.
  sdk    the SDK's S3Client, with its client over HttpURLConnection
  flink  Flink's file system s3://, of the plugin flink-s3-fs-hadoop

WORDS
classpath=target/bench.classpath
mvn -q -B test-compile dependency:build-classpath -DincludeScope=test \
  -DexcludeArtifactIds=avatica-standalone-server,aws-crt-client -Dmdep.outputFile="$classpath" >&2

export FLINK_PLUGINS_DIR=target/plugins
exec java -Xmx1g -XX:+UseSerialGC -Ddynaload.home=. \
  -cp "target/test-classes:target/classes:$(<"$classpath")" \
  io.dynaload.bench.StorageBench 200 "$rounds"
