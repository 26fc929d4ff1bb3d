#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Kills a training with SIGKILL at random moments, 20 or as many as the argument says, resumes it
# each time, and compares its files with those of a training that was left alone.
set -eu
cd "$(dirname "$0")/.."
./gradus test --projects train --also-make -Dtest=KillTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dspotless.check.skip -Dmaven.javadoc.skip -Dgradus.kills="${1:-20}"
