#!/usr/bin/env bash
# EMR's /usr/bin/flink: Flink's command line with Hadoop's configuration and clients on its class path.
set -euo pipefail

# One option a line.
mapfile -t options <"$FLINK_CONF_DIR/jvm-options"
exec "$JAVA_HOME/bin/java" -Xmx256m "${options[@]}" \
  -Dlog.file="$HOME/flink-cli.log" \
  -Dlog4j.configurationFile="file:$FLINK_CONF_DIR/log4j-cli.properties" \
  -cp "$FLINK_LIB_DIR/*:$HADOOP_CONF_DIR:$HADOOP_LIB_DIR/*" \
  org.apache.flink.client.cli.CliFrontend "$@"
