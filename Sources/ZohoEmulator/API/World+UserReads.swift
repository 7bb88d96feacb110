/// Get Users, one or many, and their count.
extension World {
    func listUsers(_ call: APICall, _ exchange: Exchange, in organisation: Organisation) throws(APIFailure) -> Reply {
        let listing = try UserListing(exchange, version: call.version)
        let selection = UserSelection(listing, in: organisation)
        let page = page(listing, selection, in: organisation)
        guard !page.positions.isEmpty else { return listing.since == nil ? .noContent : .notModified }
        var text = JSONText()
        text.reserve(page.positions.count * 1600 + 100)
        text.raw(#"{"users":["#)
        for (number, position) in page.positions.enumerated() {
            if number > 0 { text.byte(",") }
            append(position, call.version, listing.fields, in: organisation, to: &text)
        }
        text.raw(#"],"info":{"per_page":"#)
        text.number(listing.perPage)
        text.raw(#","count":"#)
        text.number(page.positions.count)
        text.raw(#","page":"#)
        text.number(listing.page)
        text.raw(#","more_records":"#)
        text.bool(page.next != nil)
        text.raw("}}")
        return .json(200, text.bytes)
    }

    /// Only listings by type alone are marked: they are the long ones.
    private func page(_ listing: UserListing, _ selection: UserSelection, in organisation: Organisation)
        -> UserSelection.Page
    {
        let isPlain = listing.ids == nil && listing.since == nil && listing.kind == nil && listing.role == nil
        guard isPlain, listing.type != .AllUsers else { return selection.page(listing.page, of: listing.perPage) }
        let key = PageMarks.Listing(zgid: organisation.zgid, type: listing.type, perPage: listing.perPage)
        let revision = organisation.people.revision
        let mark = marks.nearest(listing.page, of: key, revision: revision)
        let page = selection.page(listing.page, of: listing.perPage, from: mark)
        if let next = page.next { marks.note(listing.page + 1, startsAt: next, of: key, revision: revision) }
        return page
    }

    func getUser(_ call: APICall, _ exchange: Exchange, in organisation: Organisation) throws(APIFailure) -> Reply {
        let listing = try UserListing(exchange, version: call.version)
        guard let position = call.id.flatMap({ Int($0) }).flatMap(organisation.people.position) else {
            throw invalidID(call)
        }
        if let since = listing.since, organisation.people.traits(position).modified <= since { return .notModified }
        var text = JSONText()
        text.raw(#"{"users":["#)
        append(position, call.version, listing.fields, in: organisation, to: &text)
        text.raw("]}")
        return .json(200, text.bytes)
    }

    /// `{"count": n}`: a number in the documentation.
    func countUsers(_ exchange: Exchange, _ call: APICall, in organisation: Organisation) throws(APIFailure) -> Reply {
        let listing = try UserListing(exchange, version: call.version)
        return .json(200, ["count": .integer(UserSelection(listing, in: organisation).count)])
    }

    /// An identifier that no user has: HTTP 200 with a record's error in the v2 era (Kaizen #51), the
    /// error at the top under 400 later.
    func invalidID(_ call: APICall) -> APIFailure {
        guard !call.version.isOriginal else {
            return APIFailure(
                status: 200, code: "INVALID_DATA", message: "The ID given seems to be invalid",
                details: ["id": .text(call.id)], collection: "users")
        }
        return APIFailure(
            status: 400, code: "INVALID_DATA", message: "the id given seems to be invalid",
            details: ["resource_path_index": 1])
    }

    private func append(
        _ position: Int, _ version: CRMVersion, _ fields: Set<String>?, in organisation: Organisation,
        to text: inout JSONText
    ) {
        guard let fields else { return organisation.people.append(position, fields: version.fields, to: &text) }
        var record = FieldsByVersion.shown(organisation.people.record(position), in: version.fields)
        record.members.removeAll { $0.key != "id" && !fields.contains($0.key) }
        text.value(.object(record))
    }
}
