/// What the headings of the rows of one source say together: whether they are a list of users with no heading we know.
///
/// One row alone cannot say it: `{"manager": …}` among rows with e-mails names another person than the row is about.
struct RowHeadings {
    /// Whether each row is one value under the same heading, which says nothing about what the value is of.
    let areOneList: Bool
    /// Whether the rows are not all headed alike.
    let differ: Bool

    init(_ rows: [Row], _ isField: (String) -> Bool) {
        let names = rows.first?.names ?? []
        differ = rows.contains { $0.names != names }
        areOneList =
            !differ && names.count == 1 && PersonHeading(names[0]) == nil && !PersonHeading.isAnother(names[0])
            && !isField(names[0])
    }
}
