#!/usr/bin/env bash
# Watches the imports of an EMR cluster until they end, and ends as they did. See docs/emr-monitor.md.
# Needs JDK 17 and credentials of AWS; the aws CLI for --stack alone.
set -euo pipefail

home=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
usage="usage: monitor.sh CLUSTER-ID TABLE REGION [options]
       monitor.sh --stack NAME [--region R] [options]
options: --once, --json, --step ID, --items N, --interval SECONDS, --flink-url URL, --jar FILE"

fail() {
  printf 'error: %s\n  %s\n' "$1" "$2" >&2
  exit 2
}

stack='' region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}} jar='' in_place=yes named=() options=()
while [ $# -gt 0 ]; do
  case $1 in --stack | --region | --jar | --step | --items | --interval | --flink-url)
    [ $# -ge 2 ] || fail "$1 needs a value" "$usage" ;;
  esac
  case $1 in
    --stack) stack=$2 && shift ;;
    --region) region=$2 && shift ;;
    --jar) jar=$2 && shift ;;
    --step | --items | --interval | --flink-url) options+=("$1" "$2") && shift ;;
    --once | --json) options+=("$1") && in_place='' ;;
    -h | --help) printf '%s\n' "$usage" && exit ;;
    -*) fail "$1 is no option" "$usage" ;;
    *) named+=("$1") ;;
  esac
  shift
done

if [ -n "$stack" ]; then
  [ ${#named[@]} -eq 0 ] || fail "--stack names the cluster and the table already" "$usage"
  command -v aws >/dev/null || fail "the aws CLI is not there" "Install it, or give CLUSTER-ID TABLE REGION."
  region=${region:-$(aws configure get region || true)}
  [ -n "$region" ] || fail "no region is given" "Use --region, or set AWS_REGION."
  outputs=$(aws --region "$region" ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} cloudformation describe-stacks \
    --stack-name "$stack" --output text --query 'Stacks[0].Outputs[].[OutputKey, OutputValue]') ||
    fail "stack $stack cannot be read in $region" "Check --stack, --region and the credentials."
  named=("$(awk '$1 == "ClusterId" { print $2 }' <<<"$outputs")" "$(awk '$1 == "TableName" { print $2 }' <<<"$outputs")" "$region")
  [ -n "${named[0]}" ] || fail "stack $stack has no cluster yet" "Wait until deploy.sh has made it."
fi
[ ${#named[@]} -eq 3 ] || fail "there are ${#named[@]} of three arguments" "$usage"

if [ -z "$jar" ]; then
  jar=$home/target/dynaload.jar
  [ -f "$jar" ] || "$home/run.sh" --version >/dev/null # builds it
fi
[ -f "$jar" ] || fail "$jar: no such file" "Check the path of --jar."
if [ -n "$in_place" ] && [ -t 1 ]; then options+=(--in-place); fi

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dlog4j2.level=OFF \
  -Dsoftware.amazon.awssdk.http.service.impl=software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService \
  -cp "$jar:$(dirname -- "$jar")/lib/*" io.dynaload.cli.Main emr monitor "${named[@]}" "${options[@]}"
