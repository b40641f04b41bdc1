#!/usr/bin/env bash
# Imports into DynamoDB on Amazon EMR: makes or updates the stack, uploads the job, submits it as a step. See docs/emr.md.
# Needs bash 4.4, GNU coreutils, the aws CLI 2 with credentials, JDK 17, and Maven to build Dynaload the first time.
set -euo pipefail
shopt -s inherit_errexit

self=$(readlink -f -- "${BASH_SOURCE[0]}")
home=$(dirname -- "$self")
pause=${POLL_SECONDS:-5}
usage="usage: deploy.sh --stack NAME --config FILE.yaml [options]
       deploy.sh BUCKET JDBC-URL TABLE USER PASSWORD|- FROM TO REGION TARGET-TABLE [options]
       deploy.sh --stack NAME --stop|--delete [--region R] [--yes] [--dry-run]
options: --region R, --parameter NAME=VALUE (of the stack), --set KEY=VALUE (of the file), --jar FILE,
         --resume, --again, --yes, --dry-run"

say() { printf '%s\n' "$*"; }

# fail MESSAGE REMEDY [EXIT-CODE]; 2: the file or the arguments are wrong
fail() {
  printf 'error: %s\n  %s\n' "$1" "$2" >&2
  exit "${3:-1}"
}

# ---- The arguments

# A password among them goes on by a pipe, so that the process list has it for this moment only.
if [ $# -ge 9 ] && [[ $1 != -* && $5 != - ]]; then
  exec env DYNALOAD_PASSWORD_FD=3 "$BASH" "$self" "${@:1:4}" - "${@:6}" 3< <(printf '%s\n' "$5")
fi

stack='' config='' region='' jar='' action=deploy dry_run=() resume=() yes='' once_more=''
given=() overrides=() nine=() left=()
if [ $# -gt 0 ] && [[ $1 != -* ]]; then
  [ $# -ge 9 ] || fail "there are $# of nine arguments" "$usage" 2
  nine=("${@:1:9}") given=(--parameter "S3BucketName=$1")
  stack=lindorm-to-dynamodb-import region=$8
  shift 9
fi
while [ $# -gt 0 ]; do
  case $1 in --stack | --config | --region | --jar | --parameter | --set)
    [ $# -ge 2 ] || fail "$1 needs a value" "$usage" 2 ;;
  esac
  case $1 in
    --stack) stack=$2 && shift ;;
    --config) config=$2 && shift ;;
    --region) region=$2 && shift ;;
    --jar) jar=$2 && shift ;;
    --parameter | --set)
      [[ $2 == *=* ]] || fail "$1 $2 has no '='" "$usage" 2
      if [ "$1" = --set ]; then overrides+=(--set "$2"); else given+=(--parameter "$2"); fi
      shift ;;
    --resume) resume=(--resume) ;;
    --again) once_more=yes ;;
    --stop | --delete) action=${1#--} ;;
    --yes) yes=yes ;;
    --dry-run) dry_run=(--dry-run) ;;
    -h | --help) say "$usage" && exit ;;
    *) fail "$1 is no option" "$usage" 2 ;;
  esac
  shift
done
[[ $stack =~ ^[A-Za-z][A-Za-z0-9-]{0,127}$ ]] ||
  fail "'$stack' cannot name a stack" "Say --stack NAME, of letters, digits and '-', a letter first." 2
if [ "$action" = deploy ] && [ "${#nine[@]}" -eq 0 ]; then
  [ -n "$config" ] || fail "no import file is given" "$usage" 2
  [ -f "$config" ] || fail "$config: no such file" "Check the path of --config." 2
fi
command -v aws >/dev/null || fail "the aws CLI is not there" "Install it: https://aws.amazon.com/cli/" 2
region=${region:-${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}}
[ -n "$region" ] || fail "no region is given" "Say --region, or set AWS_REGION." 2
again="${BASH_SOURCE[0]} --stack $stack --region $region"

# ---- Tools

umask 077
work=$(mktemp -d)
export AWS_PAGER='' AWS_REGION=$region
status=none first_failure=''
declare -A facts=() plan=() seen=()

ended() {
  local code=$?
  rm -rf -- "$work"
  if [ "$code" -ne 0 ] && [ "${#left[@]}" -gt 0 ]; then
    printf 'What is there now:\n' >&2
    printf '  %s\n' "${left[@]}" >&2
    printf 'The same command again goes on from there.\n' >&2
  fi
}
trap ended EXIT

aws_() { aws --region "$region" ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} "$@"; }

# look PATTERN COMMAND…: fails if the command does with a message like that; any other failure ends this script.
look() {
  local absent=$1
  shift
  if "$@" 2>"$work/err"; then return 0; fi
  if grep -Eq -- "$absent" "$work/err"; then return 1; fi
  fail "$(grep -v '^$' "$work/err" | tail -n 1)" "Check the credentials, what they may do, and the region, $region." 5
}

# ask COMMAND…: any failure ends this script.
ask() { look '^no answer is taken for one$' aws_ "$@"; }

# What needs logic.
emr() {
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    -Dsoftware.amazon.awssdk.http.service.impl=software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService \
    -cp "$jar:$(dirname -- "$jar")/lib/*" io.dynaload.cli.Main emr "$@"
}

take_jar() {
  if [ -z "$jar" ]; then
    "$home/run.sh" --version >/dev/null # builds what is not built
    jar=$home/target/dynaload.jar
  fi
  [ -f "$jar" ] || fail "$jar: no such file" "Check the path of --jar." 2
  jar=$(readlink -f -- "$jar")
}

confirm() {
  local answer=''
  [ -n "$yes" ] || read -rp "$1 [y/N] " answer || true
  [[ -n $yes || $answer == [yY]* ]]
}

# ---- The stack

# Reads its status, parameters and outputs; the status is none if there is no stack.
read_stack() {
  local name value
  facts=() status=none
  look 'does not exist' aws_ cloudformation describe-stacks --stack-name "$stack" --output text --query "Stacks[0].[
    [['status', StackStatus]],
    not_null(Parameters, \`[]\`)[].[join('.', ['parameter', ParameterKey]), ParameterValue],
    not_null(Outputs, \`[]\`)[].[join('.', ['output', OutputKey]), OutputValue]][]" >"$work/facts" || return 0
  while IFS=$'\t' read -r name value; do facts[$name]=$value; done <"$work/facts"
  status=${facts[status]}
}

# Prints what has happened to it since the last look, and sees whether that was its end; "quietly" only takes note.
show_events() {
  local id state resource reason
  look 'does not exist' aws_ cloudformation describe-stack-events --stack-name "$stack" --output text --query \
    'StackEvents[].[EventId, ResourceStatus, LogicalResourceId, ResourceStatusReason]' >"$work/events" || { over=yes && return; }
  while IFS=$'\t' read -r id state resource reason; do
    [ -z "${seen[$id]:-}" ] || continue
    seen[$id]=yes
    [ "${1:-}" != quietly ] || continue
    [ "$resource" != "$stack" ] || [[ $state == *_IN_PROGRESS ]] || over=yes
    [ "$reason" != None ] || reason=''
    printf '  %-28s %s%s\n' "$state" "$resource" "${reason:+: $reason}"
    if [[ $state == *_FAILED && -z $first_failure ]]; then first_failure="$resource: $reason"; fi
  done < <(tac "$work/events")
}

# When a change has just begun, the status may still be that of before: its end is told by an event, or "over" if it was none of ours.
await_stack() {
  over=${1:-} first_failure=''
  while :; do
    show_events
    read_stack
    [[ $status != none && (-z $over || $status == *_IN_PROGRESS) ]] || break
    sleep "$pause"
  done
}

# Makes it what the parameters say, by a change set that is shown first.
update_stack() {
  local type=UPDATE set state reason
  case $status in
    none | REVIEW_IN_PROGRESS) type=CREATE ;;
    UPDATE_ROLLBACK_FAILED)
      fail "stack $stack is $status, and cannot be updated" \
        "Mend what failed, aws cloudformation continue-update-rollback --region $region --stack-name $stack, then the same again." ;;
    ROLLBACK_* | CREATE_FAILED | DELETE_FAILED)
      fail "stack $stack is $status, and cannot be updated" "Delete it, $again --delete, then the same again." ;;
  esac
  set=$(ask cloudformation create-change-set --stack-name "$stack" --change-set-type "$type" \
    --change-set-name "dynaload-$(date -u +%Y%m%d-%H%M%S)" --capabilities CAPABILITY_IAM --output text --query Id \
    --template-body "file://$home/cloudformation-template.yaml" --parameters "file://$work/parameters.json")
  while :; do
    ask cloudformation describe-change-set --change-set-name "$set" --output text --query '[[[Status, StatusReason]],
      Changes[].ResourceChange.[Action, LogicalResourceId, ResourceType, Replacement]][]' >"$work/changes"
    IFS=$'\t' read -r state reason <"$work/changes"
    [[ $state == *_PENDING || $state == *_IN_PROGRESS ]] || break
    sleep "$pause"
  done
  if [ "$state" = FAILED ]; then
    ask cloudformation delete-change-set --change-set-name "$set"
    [[ $reason == *"didn't contain changes"* || $reason == *"No updates are to be performed"* ]] ||
      fail "the change set failed: $reason" "Correct what it names. The stack was not changed."
    say "Stack $stack is as it has to be"
    return
  fi
  if [ -n "${plan[busy]}" ] && grep -Eq $'^[A-Za-z]+\tCluster\t[^\t]+\t(True|Conditional)' "$work/changes"; then
    ask cloudformation delete-change-set --change-set-name "$set"
    fail "the change would put a new cluster in the place of $cluster, where step ${plan[busy]} has not ended" \
      "Use another --stack; or let it end, or stop it first: $again --stop" 2
  fi
  say "Changes of stack $stack:"
  awk -F '\t' 'NR > 1 { printf "  %-8s%-28s%s%s\n", $1, $2, $3, 
    $4 == "True" ? ", a new one in its place" : $4 == "Conditional" ? ", perhaps a new one in its place" : "" }' "$work/changes"
  if ! confirm "Make them?"; then
    ask cloudformation delete-change-set --change-set-name "$set"
    [ "$type" = UPDATE ] || ask cloudformation delete-stack --stack-name "$stack"
    fail "not confirmed" "The stack was not changed."
  fi
  show_events quietly
  left+=("the stack $stack: https://$region.console.aws.amazon.com/cloudformation/home?region=$region")
  ask cloudformation execute-change-set --change-set-name "$set"
  await_stack
  [[ $status == CREATE_COMPLETE || $status == UPDATE_COMPLETE ]] ||
    fail "stack $stack is $status${first_failure:+; $first_failure}" "Mend that: docs/emr.md, Troubleshooting."
}

# ---- The files

# upload FILE URI
upload() {
  local object=${2#s3://}
  if look '404|NoSuchBucket' aws_ s3api head-object --bucket "${object%%/*}" --key "${object#*/}" >"$work/out"; then
    say "$2 is there already"
  elif [ ${#dry_run[@]} -gt 0 ]; then
    say "Would upload $2"
  else
    aws_ s3 cp --only-show-errors "$1" "$2" || fail "$2 was not uploaded" "Mend what the line above says."
    say "Uploaded $2"
    left+=("$2")
  fi
}

# app_uri FILE NAME.SUFFIX: where a file of this content belongs
app_uri() {
  local sum
  sum=$(sha256sum <"$1") || return
  say "s3://${plan[bucket]}/app/${2%.*}-${sum%% *}.${2##*.}"
}

deploy() {
  local name value jar_uri file_uri step password='' source=(--file "$config")
  take_jar
  if [ "${#nine[@]}" -gt 0 ]; then
    if [ -n "${DYNALOAD_PASSWORD_FD:-}" ]; then
      IFS= read -r password <&3
      exec 3<&-
    else
      IFS= read -rsp "Password of ${nine[3]}: " password || true
      say ''
    fi
    [ -n "$password" ] || fail "the password is empty" "Give '-' to be asked for it, or the password itself." 2
    source=("url=${nine[1]}" "table=${nine[2]}" "username=${nine[3]}" "from=${nine[5]}" "to=${nine[6]}" "region=$region"
      "target=${nine[8]}" "timestamp-column=${TIMESTAMP_COLUMN:-}" "partition-key=${PARTITION_KEY:-}"
      "sort-key=${SORT_KEY:-}" "ttl-attribute=${TTL_ATTRIBUTE:-}" "write-capacity=${WRITE_CAPACITY:-}")
    source=("${source[@]/#/--value=}" --secret "dynaload/$stack/lindorm")
  fi
  [[ $status != *_IN_PROGRESS || $status == REVIEW* ]] || { say "Stack $stack is $status: waiting" && await_stack over; }
  printf 'region\t%s\naccount\t%s\n' "$region" "$account" >>"$work/facts"
  printf %s "$password" | emr plan "${source[@]}" "${given[@]}" "${overrides[@]}" "${dry_run[@]}" --facts "$work/facts" --out "$work"
  while IFS=$'\t' read -r name value; do plan[$name]=$value; done <"$work/plan"
  [ -z "${plan[secret]:-}" ] || left+=("the secret ${plan[secret]}")
  cluster=${plan[cluster]}
  jar_uri=$(app_uri "$jar" dynaload.jar)
  file_uri=$(app_uri "${plan[file]}" "${plan[name]}.yaml")

  if [ ${#dry_run[@]} -gt 0 ]; then
    ask cloudformation validate-template --template-body "file://$home/cloudformation-template.yaml" >"$work/out"
    say "Would make stack $stack so; it is ${status/none/not there}"
  else
    update_stack
    cluster=${facts[output.ClusterId]}
  fi
  upload "$jar" "$jar_uri"
  upload "${plan[file]}" "$file_uri"

  emr add-step "${plan[file]}" "${overrides[@]}" "${resume[@]}" --jar "$jar_uri" --file "$file_uri" \
    --bucket "${plan[bucket]}" --cluster "$cluster" --out "$work/add.json" >"$work/known"
  IFS=$'\t' read -r name step <"$work/known" || name=''
  if [ "$name" = 'done' ] && [ -z "$once_more" ]; then
    say "Step $step has imported this file already"
    if [ -n "$yes" ] || [ ${#dry_run[@]} -gt 0 ]; then
      say "None is submitted: --again imports it once more" && return
    fi
    confirm "Import it once more?" || return 0
  fi
  if [ ${#dry_run[@]} -gt 0 ]; then
    say "Would submit the step" && cat -- "$work/add.json" && say ''
    return
  fi
  if [ "$name" = running ]; then
    say "Step $step imports this file already: none was submitted"
  else
    step=$(ask emr add-steps --cluster-id "$cluster" --steps "file://$work/add.json" --output text --query StepIds)
  fi
  [ -z "${facts[output.NatAddress]:-}" ] || say "NAT        ${facts[output.NatAddress]}, which the source has to let in"
  say "Cluster    $cluster  ${facts[output.ClusterUrl]}"
  say "Step       $step"
  say "Table      ${facts[output.TableUrl]}"
  say "Dashboard  ${facts[output.DashboardUrl]}"
  say "Watch it   $home/monitor.sh $cluster ${plan[table]} $region"
}

stop() {
  local cluster=${facts[output.ClusterId]:-}
  [ -n "$cluster" ] || fail "stack $stack has no cluster: it is $status" "Check --stack and --region." 2
  take_jar
  emr stop --cluster "$cluster" --logs "${facts[output.LogUri]}" --pause "$pause" "${dry_run[@]}"
}

delete() {
  [ "$status" != none ] || { say "There is no stack $stack in $region" && return; }
  say "Stack $stack is $status. Deleting it ends its cluster, and what runs there. These stay:"
  say "  table   ${facts[parameter.DynamoDBTableName]:-}, with its auto scaling"
  [ "$status" = ROLLBACK_COMPLETE ] || say "  bucket  ${facts[parameter.S3BucketName]:-}, with what is in it"
  [ -z "${facts[parameter.LindormSecretArn]:-}" ] || say "  secret  ${facts[parameter.LindormSecretArn]}"
  [ ${#dry_run[@]} -eq 0 ] || return 0
  confirm "Delete stack $stack?" || fail "not confirmed" "Nothing was deleted."
  show_events quietly
  ask cloudformation delete-stack --stack-name "$stack"
  await_stack
  [[ $status == none || $status == DELETE_COMPLETE ]] || fail "stack $stack is $status${first_failure:+; $first_failure}" "Mend that, then the same again."
  say "Deleted"
}

account=$(aws_ sts get-caller-identity --output text --query Account) || fail "AWS does not take the credentials" "See aws configure." 5
if [ -z "${AWS_ACCESS_KEY_ID:-}" ]; then # Java takes those that the CLI has, of a single sign-on say
  eval "$(aws configure export-credentials --format env 2>/dev/null || true)"
fi
read_stack
"$action"
