#!/bin/sh
# regressions.sh BUILD SOURCE: documents that once were misread, each with what 'affidavit check -v' prints, whole.
exec sh "$2/tests/golden.sh" "$1/affidavit" "$2/tests/regressions" check -v
