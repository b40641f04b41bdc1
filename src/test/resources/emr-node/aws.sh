#!/usr/bin/env bash
# The aws command that is installed, with the test's S3 instead of Amazon's.
set -euo pipefail

PATH=${PATH#*:} # without the folder that this file is in
exec aws --endpoint-url "$NODE_S3_ENDPOINT" --region us-east-1 "$@"
