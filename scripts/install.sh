#!/usr/bin/env bash
# Installs what was built: scripts/install.sh BUILT PREFIX, where BUILT holds zosh and zosh-confine.
#
# DESTDIR stands before PREFIX and in no file, for packages. A list of what was installed lies beside the program, and
# `scripts/install.sh --remove PREFIX` removes exactly that. The programs lie together, since zosh starts zosh-confine
# from its own folder and nowhere else; PATH gets a link.
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")/.." && pwd)

if [ "${1:-}" = --remove ]; then
    prefix=${2:?the prefix it was installed to}
    root=${DESTDIR:-}$prefix
    list=$root/lib/zosh/installed
    [ -f "$list" ] || { echo "nothing of zosh is installed in $prefix: $list is missing" >&2; exit 1; }
    while IFS= read -r file; do rm -f -- "$root/$file"; done < "$list"
    rm -f -- "$list"
    # Folders of ours, and none that holds something else.
    for folder in share/doc/zosh/examples share/doc/zosh lib/zosh; do
        rmdir -- "$root/$folder" 2>/dev/null || [ ! -d "$root/$folder" ] || echo "kept, not empty: $root/$folder" >&2
    done
    exit 0
fi

built=${1:?the folder that holds zosh and zosh-confine} prefix=${2:?the prefix, such as /usr/local}
case $prefix in /*) ;; *) echo "PREFIX is not an absolute path: $prefix" >&2; exit 2 ;; esac
root=${DESTDIR:-}$prefix
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Completions lie where each shell looks under a prefix; Debian has other folders for packages.
zsh=${ZSH_FOLDER:-share/zsh/site-functions} fish=${FISH_FOLDER:-share/fish/vendor_completions.d}
put() { # MODE FILE FOLDER/NAME
    install -D -m "$1" -- "$2" "$root/$3"
    echo "$3" >> "$work/installed"
}

put 755 "$built/zosh" lib/zosh/zosh
put 755 "$built/zosh-confine" lib/zosh/zosh-confine
mkdir -p "$root/bin"
ln -sfn ../lib/zosh/zosh "$root/bin/zosh"
echo bin/zosh >> "$work/installed"

# What is generated comes from the program itself, without a store, a network or a home.
zosh() { env -i HOME="$work" ZOSH_HOME="$work/home" PATH="$PATH" LC_ALL=C.UTF-8 LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}" "$built/zosh" "$@"; }
mkdir "$work/man"
zosh help --man "$work/man" > "$work/said"
awk -v version="$(zosh --version)" -f "$here/scripts/language-page.awk" "$here/docs/LANGUAGE.md" > "$work/man/zosh-language.7"
for page in "$work"/man/*; do put 644 "$page" "share/man/man${page##*.}/${page##*/}"; done
for shell in bash zsh fish; do zosh help --completions "$shell" > "$work/$shell"; done
put 644 "$work/bash" share/bash-completion/completions/zosh
put 644 "$work/zsh" "$zsh/_zosh"
put 644 "$work/fish" "$fish/zosh.fish"

put 644 "$here/packaging/copyright" share/doc/zosh/copyright
for file in README.md docs/LANGUAGE.md docs/SECURITY.md; do put 644 "$here/$file" "share/doc/zosh/${file##*/}"; done
for file in "$here"/examples/*; do put 644 "$file" "share/doc/zosh/examples/${file##*/}"; done
install -m 644 -- "$work/installed" "$root/lib/zosh/installed"
[ -n "${DESTDIR:-}" ] || echo "zosh is installed: $root/bin/zosh"
