# The section others of compare.sh; to be sourced.

# The others' jobs, one a line: program; bar; how many entries, so that it runs for some seconds; our
# format that it reads; our format nearest to what it makes; the command, IN and OUT its files.
jobs_of_others() {
    local python=$BIBILINGUAL_TOOLS/python/bin/python pandoc hayagriva pybtex
    pandoc=$("$python" -c 'import pypandoc; print(pypandoc.get_pandoc_path())' 2>/dev/null || echo pandoc)
    hayagriva=$(found hayagriva) pybtex=$(found pybtex-convert)
    cat <<END
pandoc;20;2000;csl-json;biblatex;$pandoc -f csljson -t biblatex IN
pandoc;20;2000;bibtex;csl-json;$pandoc -f bibtex -t csljson IN
bibutils;20;5000;bibtex;ris;bib2xml -i utf8 IN | xml2ris
bibutils;20;5000;ris;bibtex;ris2xml -i utf8 IN | xml2bib
citation-js;20;5000;csl-json;bibtex;node benches/citation-js.cjs csl-json bibtex IN
citation-js;20;2000;bibtex;csl-json;node benches/citation-js.cjs bibtex csl-json IN
hayagriva;4;40000;biblatex;hayagriva;$hayagriva --format biblatex IN
pybtex;20;1000;bibtex;bibtex;$pybtex -f bibtex -t bibtex IN OUT
pybtex;20;1000;bibtex;hayagriva;$pybtex -f bibtex -t yaml IN OUT
END
}

# found PROGRAM: its path where .ci/programs installed it, else its name.
found() {
    local path
    for path in "$BIBILINGUAL_TOOLS/bin/$1" "$BIBILINGUAL_TOOLS/python/bin/$1"; do
        if [ -x "$path" ]; then echo "$path" && return; fi
    done
    echo "$1"
}

section_others() {
    local program least entries reads writes job
    table "Beside other programs, one core: the entries of $shape records" 'program and job' entries \
        'its entries/s' 'our records/s' 'ours / its' 'by CPU time' bar
    while IFS=';' read -r program least entries reads writes job; do
        other "$program" "$least" $((entries / less)) "$reads" "$writes" "$job"
    done < <(jobs_of_others)
}

# other PROGRAM BAR ENTRIES READS WRITES COMMAND: one job beside ours, which makes the nearest format
# from as many records as the section floor takes.
other() {
    local name="$1, $4 to $5" path input job ratio verdict
    if ! is_there "$6"; then
        row "$name" 'not installed: --install'
        return
    fi
    path=$(corpus "$records" "$shape") input=$work/others.$4
    # The files of others end as they expect them to.
    case $4 in bib*) input=$work/others.bib ;; csl-json) input=$work/others.json ;; esac
    # The same seed: the first of the same records, or more of them.
    "$built/examples/corpus" --records "$3" --shape "$shape" | $ours --quiet --to "$4" >"$input"
    job=${6//IN/$input}
    command[its]=${job//OUT/$work/others.out}
    command[ours]="exec $ours $one $path --to $5"
    core=$last race its ours
    ratio=$(faster wall "$3") verdict=$(bar "$ratio >= $2")
    row "$name" "$3" "$(calc %d "$3 / $(wall its)")" "$(calc %d "$records / $(wall ours)")" \
        "$ratio" "$(faster cpu "$3")" "$verdict (at least $2)"
    rm -f "$input" "$work/others.out"
}

# faster wall|cpu ENTRIES: how many times more entries ours does in a second.
faster() { calc %.1f "($records / $($1 ours)) / ($2 / $($1 its))"; }

# is_there COMMAND: true where its program is, and for node its packages.
is_there() {
    case $1 in
        node*) has_program node && [ -d "$BIBILINGUAL_TOOLS/node/node_modules/@citation-js/core" ] ;;
        *) has_program "${1%% *}" ;;
    esac
}
