#!/usr/bin/env bash
# Whole programs side by side, from a fresh clone: `bash benches/compare.sh --help`. What the numbers
# mean is in benches/README.md. It writes under target/ alone.
set -euo pipefail
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export BIBILINGUAL_TOOLS=$root/target/programs
work=$root/target/bench
report=$work/report.md
source benches/lib.sh

usage() {
    cat <<'END'
Usage: bash benches/compare.sh [OPTION]...
  --install      first install what it compares with, hyperfine and time (Debian; the rest in target/programs)
  --quick        a small run, to see that it works; its numbers say little
  --only NAMES   some of floor,jobs,memory,start,others
  --rounds N     how often each program runs; the medians count [default: 5]
  --records N    the records of a run [default: 50000]
  --jobs N       the cores of the section jobs [default: 2]
  --shape SHAPE  the records of jobs, memory and others: detail, list, mixed [default: detail]
END
}

install=false sections=floor,jobs,memory,start,others
rounds=5 records=50000 jobs=2 shape=detail sizes=(10000 100000 1000000) starts=300 less=1
while [ $# -gt 0 ]; do
    case $1 in
        --install) install=true ;;
        --quick) rounds=3 records=4000 sizes=(1000 10000) starts=30 less=10 ;;
        --only) sections=$2 && shift ;;
        --rounds) rounds=$2 && shift ;;
        --records) records=$2 && shift ;;
        --jobs) jobs=$2 && shift ;;
        --shape) shape=$2 && shift ;;
        --help | -h) usage && exit ;;
        *) usage >&2 && exit 2 ;;
    esac
    shift
done

install_programs() (
    source .ci/programs
    mkdir -p "$tools"
    debian bibutils hyperfine time
    python_packages
    node_packages
    rust_programs
)

# corpus RECORDS SHAPE: the path of a corpus, made where it is not there.
corpus() {
    local path=$work/$2-$1.jsonl
    if [ ! -s "$path" ]; then
        "$built/examples/corpus" --records "$1" --shape "$2" >"$path.new"
        mv "$path.new" "$path"
    fi
    echo "$path"
}

# understands OPTION...: true where the program has these options.
understands() {
    local word
    for word in "$@"; do
        [[ $word != --* || $help == *"$word"[[:space:]=]* ]] || return 1
    done
}

section_floor() {
    local name format path
    table "One core, against the floor: $records records" 'records to format' s records/s \
        'MB/s of input' 'times the floor' 'by CPU time' 'at most 3'
    for name in detail list mixed; do
        path=$(corpus "$records" "$name")
        command[floor]="exec $built/examples/floor $path"
        for format in $formats; do command[$format]="exec $ours $one $path --to $format"; done
        command['bibtex --stream']="exec $ours $one $path --to bibtex --stream"
        [[ $(eval "${command[floor]#exec }") == "$records records,"* ]] || { echo 'the floor lost records' >&2; exit 1; }
        core=$last race floor 'bibtex --stream' $formats
        for format in floor 'bibtex --stream' $formats; do floor_row "$name" "$format" "$(stat -c %s "$path")"; done
    done
}

floor_row() {
    local seconds ratio verdict=''
    seconds=$(wall "$2") ratio=$(calc %.2f "$(wall "$2") / $(wall floor)")
    # The bar is for BibTeX; the others stand beside it.
    [[ $2 != bibtex* ]] || verdict=$(bar "$ratio <= 3")
    row "$1 $2" "$(calc %.3f "$seconds")" "$(calc %d "$records / $seconds")" \
        "$(calc %d "$3 / $seconds / 1e6")" "$ratio" "$(calc %.2f "$(cpu "$2") / $(cpu floor)")" "$verdict"
}

section_jobs() {
    local path half mode ratio
    understands --jobs || { line ''; line 'jobs: the program has no `--jobs` yet'; return; }
    path=$(corpus "$records" "$shape") half=$work/half
    split -n "l/$jobs" "$path" "$half."
    table "$jobs cores: $records $shape records to BibTeX" mode "s of $jobs runs on parts, side by side" \
        "s of --jobs $jobs" 'reached' 'at least 85 %'
    for mode in '' --stream; do
        understands $mode || continue
        command[parts]="for part in $half.*; do $ours --jobs 1 $mode \$part & all+=(\$!); done"
        command[parts]+='; for one in ${all[@]}; do wait $one || exit; done'
        command[whole]="exec $ours --jobs $jobs $mode $path"
        race parts whole
        ratio=$(calc %.3f "$(wall parts) / $(wall whole)")
        row "${mode:-in memory}" "$(calc %.3f "$(wall parts)")" "$(calc %.3f "$(wall whole)")" \
            "$(calc %.1f "100 * $ratio") %" "$(bar "$ratio >= 0.85")"
    done
    rm -f "$half".*
}

section_memory() {
    local mode size path before found worst keyed=()
    table "Peak memory: $shape records to BibTeX, MiB" mode "${sizes[@]}" bar
    for mode in '' --stream '--stream --key-suffix hash'; do
        understands $mode || { row "$mode" 'no such option yet'; continue; }
        keyed=()
        for size in "${sizes[@]}"; do
            # In memory the next size takes as many times more as it is greater.
            if [ -z "$mode" ] && [ ${#keyed[@]} -gt 0 ] && ! fits "$(calc %d "${keyed[-1]} * $size / $before")"; then
                keyed+=("too much here")
                continue
            fi
            path=$(corpus "$size" "$shape")
            keyed+=("$(peak $ours $mode "$path")")
            before=$size
        done
        row "${mode:-in memory}" "${keyed[@]}" "$(memory_bar "$mode" "${keyed[@]}")"
    done
    rm -f "$work/$shape-1000000.jsonl"
}

# fits MIB: true where the machine has so much memory free.
fits() { [ "$1" -lt "$(awk '/MemAvailable/ { print int($2 / 1024 * 0.8) }' /proc/meminfo)" ]; }

# memory_bar MODE PEAK...: at the last size at most 64 MiB; with keys that depend on the record alone no
# more than at the size before (5 % are the allocator's).
memory_bar() {
    local last=${*: -1} before=${*: -2:1}
    case $1 in
        --stream) bar "$last <= 64" ;;
        *hash) bar "$last <= 64 && $last <= 1.05 * $before" ;;
    esac
}

section_start() {
    local idle one_record
    table "Start-up: one record to BibTeX, median of $starts runs" program ms 'more than true' 'at most 10'
    idle=$(startup /bin/true)
    one_record=$(startup $ours tests/data/seed/input.txt)
    row true "$(calc %.2f "$idle")" '' ''
    row bibilingual "$(calc %.2f "$one_record")" "$(calc %.2f "$one_record - $idle")" \
        "$(bar "$one_record - $idle <= 10")"
}

mkdir -p "$work"
# Another generator may have made those that are there.
rm -f "$work"/*.jsonl
: >"$report"
[ $install = false ] || install_programs
cargo build --release --bin bibilingual --example corpus --example floor
built=${CARGO_TARGET_DIR:-$root/target}/release
ours="$built/bibilingual convert"
help=$($ours --help)
one=''
! understands --jobs || one='--jobs 1'
formats=$("$built/bibilingual" formats | awk '{ print $1 }')
last=$(($(nproc) - 1))
line "$(date -u +%F), $(git describe --always --dirty), $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)"
source benches/others.sh
for section in ${sections//,/ }; do "section_$section"; done
printf '\nAlso in %s\n' "$report"
