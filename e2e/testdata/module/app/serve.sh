#!/bin/sh
# Says what it sees, and ends.
echo "args: $*"
echo "ids: $(id -u):$(id -g) $(id -G)"
echo "dir: $PWD"
echo "mode: $APP_MODE"
echo "greeting: $(cat /opt/app/share/greeting)"
