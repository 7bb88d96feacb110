extension Resource {
    /// The remedy that shows which fields there are: `users fields lists them`, or their names where no command lists
    /// them.
    package func fieldsRemedy(_ end: String = "lists them", among names: FieldNames? = nil) -> String {
        module == nil ? (names ?? fieldNames).listing : "\(name) fields \(end)"
    }
}

extension FieldNames {
    /// The first of them, as a remedy.
    package var listing: String {
        "there are: \(fields.prefix(8).map(\.name).listedNames)" + (fields.count > 8 ? ", …" : "")
    }
}
