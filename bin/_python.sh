# Sourced by the commands beside it: sets $python to a Python 3.11 or newer, or says what is missing.
python=
for candidate in "${PYTHON:-python3}" python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Released needs Python 3.11 or newer, and there is none on the PATH." >&2
    echo "On Debian 12 or Ubuntu 23.04 and newer: apt-get install python3 python3-venv" >&2
    exit 2
fi
