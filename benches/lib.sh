# What compare.sh measures with; to be sourced. It works in the folder $work.

# The commands that race, by name: command[NAME]=… for bash -c.
declare -A command

# run NAME: runs a command to its end and puts down its seconds: wall, user, system. Where $core is
# set and taskset is there, on that core alone.
run() {
    local TIMEFORMAT='%R %U %S' pinned=()
    [ -n "${core-}" ] && has_program taskset && pinned=(taskset -c "$core")
    { time "${pinned[@]}" bash -c "${command[$1]}" >/dev/null 2>"$work/err"; } 2>>"$work/times/$1" || {
        printf '%s failed: %s\n' "$1" "${command[$1]}" >&2
        tail -n 5 "$work/err" >&2
        exit 1
    }
}

# race NAME...: runs commands in turn, round after round, so that whatever else the machine does
# falls on all of them alike.
race() {
    local round name
    rm -rf "$work/times"
    mkdir -p "$work/times"
    for ((round = 0; round < rounds; round++)); do
        for name in "$@"; do run "$name"; done
    done
}

# wall NAME, cpu NAME: the median of the seconds of its runs.
wall() { awk '{ print $1 }' "$work/times/$1" | median; }
cpu() { awk '{ print $2 + $3 }' "$work/times/$1" | median; }
median() { sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

# peak COMMAND...: its peak of memory in MiB.
peak() {
    local kib
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -o "$work/peak" -f %M "$@" >/dev/null 2>"$work/err"
        kib=$(tail -n 1 "$work/peak")
    else
        # Never less than what Python itself takes.
        kib=$(python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@")
    fi
    calc %.1f "$kib / 1024"
}

# startup COMMAND…: the median of its wall time in ms; where hyperfine is not there, with what it
# takes the shell to start it, which both sides have alike.
startup() {
    local run times=()
    if has_program hyperfine; then
        hyperfine -N --style none --warmup 20 --runs "$starts" --export-csv "$work/start.csv" "$*" >/dev/null 2>"$work/err"
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "median") m = i } NR == 2 { print 1000 * $m }' \
            "$work/start.csv"
        return
    fi
    for ((run = 0; run < starts; run++)); do
        local begin=$EPOCHREALTIME
        "$@" >/dev/null 2>&1
        times+=("$(calc %.3f "($EPOCHREALTIME - $begin) * 1000")")
    done
    printf '%s\n' "${times[@]}" | median
}

# calc FORMAT EXPRESSION: a number.
calc() { awk "BEGIN { printf \"$1\", ($2) }"; }

# bar EXPRESSION: the word for a row.
bar() { if [ "$(calc %d "$1")" = 1 ]; then echo met; else echo 'NOT MET'; fi; }

has_program() { type -P "$1" >/dev/null; }

# line TEXT, row CELL...: a line, and a row of a Markdown table, on the terminal and in the report.
line() { printf '%s\n' "$1" | tee -a "$report"; }
row() {
    local cell text='|'
    for cell in "$@"; do text+=" $cell |"; done
    line "$text"
}

# table TITLE CELL...: the head of a table; its first column holds words.
table() {
    local rule='|---|' columns
    line ''
    line "### $1"
    line ''
    shift
    row "$@"
    for ((columns = $#; columns > 1; columns--)); do rule+='---:|'; done
    line "$rule"
}
