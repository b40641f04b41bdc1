#!/usr/bin/env bash
# The name by which the other nodes know this one.
set -euo pipefail
echo "$NODE_ADDRESS"
