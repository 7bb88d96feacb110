/// What an id at Zoho is. Every place that must tell one from other texts asks here.
package enum ZohoID {
    /// Whether a text is an id: a whole number of up to 19 digits. Anything else has no record and is never sent.
    package static func isID(_ text: some StringProtocol) -> Bool {
        (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether a text is an id where a name could stand as well: a number of few digits may be a name.
    package static func isID(amongNames text: some StringProtocol) -> Bool { text.utf8.count >= 6 && isID(text) }

    /// Whether a text is an id where any number could stand as well: one that is too long for an amount, a date or a
    /// telephone number without its country.
    package static func isID(amongNumbers text: some StringProtocol) -> Bool { text.utf8.count >= 12 && isID(text) }
}
