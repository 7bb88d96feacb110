# docs/LANGUAGE.md as the man page zosh-language(7): awk -v version="zosh 1.0" -f language-page.awk LANGUAGE.md
#
# It knows what that page uses: headings, paragraphs, indented lines, tables of two columns, bullets, `code`, **bold**
# and links.

function escaped(text) {
    gsub(/\\/, "\\(rs", text)
    gsub(/-/, "\\-", text)
    gsub(/'/, "\\(aq", text)
    gsub(/`/, "\\(ga", text)
    gsub(/\^/, "\\(ha", text)
    gsub(/~/, "\\(ti", text)
    return text
}

# A dot at the beginning would be a macro.
function line(text) {
    if (substr(text, 1, 1) == ".") return "\\&" text
    return text
}

# Between backquotes stands what is typed, in bold and otherwise untouched.
function inline(text,    parts, count, i, made) {
    count = split(text, parts, /`/)
    made = ""
    for (i = 1; i <= count; i++) {
        if (i % 2 == 0) { made = made "\\fB" escaped(parts[i]) "\\fR"; continue }
        while (match(parts[i], /\[[^]]*\]\([^)]*\)/)) {
            link = substr(parts[i], RSTART, RLENGTH)
            sub(/\]\(.*/, "", link)
            parts[i] = substr(parts[i], 1, RSTART - 1) substr(link, 2) substr(parts[i], RSTART + RLENGTH)
        }
        parts[i] = escaped(parts[i])
        while (match(parts[i], /\*\*[^*]*\*\*/))
            parts[i] = substr(parts[i], 1, RSTART - 1) "\\fB" substr(parts[i], RSTART + 2, RLENGTH - 4) "\\fR" \
                substr(parts[i], RSTART + RLENGTH)
        made = made parts[i]
    }
    return line(made)
}

function endBlock() { if (inBlock) { print ".fi\n.RE"; inBlock = 0 } }

# A bar inside a cell is written \|.
function row(text,    cells) {
    gsub(/\\\|/, "\001", text)
    split(text, cells, /\|/)
    gsub(/^ +| +$/, "", cells[2])
    gsub(/^ +| +$/, "", cells[3])
    gsub("\001", "|", cells[2])
    gsub("\001", "|", cells[3])
    print ".TP\n" inline(cells[2]) "\n" (cells[3] == "" ? "\\&" : inline(cells[3]))
}

BEGIN {
    print ".TH ZOSH\\-LANGUAGE 7 \"\" \"" escaped(version) "\" \"zosh\""
    print ".nh\n.ad l"
    print ".SH NAME\nzosh\\-language \\- what is typed at the prompt of zosh, and what stands in its scripts"
}
# A table's row waits for the next line, which may say that it was only the headings.
!/^\|/ && held != "" { row(held); held = "" }
/^# / { print ".SH DESCRIPTION"; next }
/^## / { endBlock(); heading = toupper(substr($0, 4)); print ".SH " escaped(heading); next }
/^### / { endBlock(); print ".SS " escaped(substr($0, 5)); next }
/^    / {
    if (!inBlock) { print ".PP\n.RS 4\n.nf"; inBlock = 1 }
    print line(escaped(substr($0, 5)))
    next
}
/^$/ { endBlock(); next }
# The line below a table's headings; the headings themselves say nothing a reader misses.
/^\|[-|]+$/ { held = ""; next }
/^\|/ {
    if (held != "") row(held)
    held = $0
    next
}
/^- / { endBlock(); print ".IP \\(bu 2\n" inline(substr($0, 3)); next }
{
    endBlock()
    print ".PP\n" inline($0)
}
END {
    if (held != "") row(held)
    endBlock()
    print ".SH SEE ALSO\n.BR zosh (1)"
}
