#!/usr/bin/env bash
# Runs Dynaload on this machine; builds it first if needed. Without arguments: the demo.
# JAVA_OPTS go to the JVM; the log is written to logs/dynaload.log below the current folder.
set -euo pipefail

home=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
jar=$home/target/dynaload.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

fail() {
  echo "error: $1" >&2
  exit 2
}

command -v "$java" >/dev/null || fail "$java is not there; install JDK 17, or set JAVA_HOME to it"

if [ ! -f "$jar" ] || [ -n "$(find "$home/pom.xml" "$home/src/main" -newer "$jar" -print -quit)" ]; then
  release=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
  [ "${release%%.*}" -ge 17 ] || fail "$java is Java $release; Dynaload needs JDK 17, so set JAVA_HOME to one"
  command -v mvn >/dev/null || fail "mvn is not there; install Maven 3.8 or newer: it builds Dynaload the first time"
  echo "Building Dynaload (once; a minute or two)" >&2
  (cd "$home" && mvn -q -B -DskipTests package >&2)
fi

columns=0 # not a terminal
if [ -t 2 ]; then columns=$(tput cols 2>/dev/null || echo 80); fi

export FLINK_PLUGINS_DIR=$home/target/plugins
# shellcheck disable=SC2086 # JAVA_OPTS holds several words
exec "$java" -XX:+UseParallelGC ${JAVA_OPTS:-} \
  -Ddynaload.home="$home" -Ddynaload.columns="$columns" \
  -Dsoftware.amazon.awssdk.http.service.impl=software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService \
  -Dlog4j2.configurationFile="$home/src/main/resources/log4j2-run.xml" \
  -cp "$jar:$home/target/lib/*" io.dynaload.cli.Main "$@"
