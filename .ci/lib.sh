# What .ci/run and .ci/programs share; to be sourced.

# step COMMAND...: prints a command, then runs it.
step() {
    printf '\n== %s\n' "$*"
    "$@"
}

# install PACKAGE...: installs Debian packages, without questions.
install() {
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    step "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
    step "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}
