/// The codes of long lists and of records that changed meanwhile, which `api get` meets.
extension ErrorGuide {
    private static let records = "Get Records (CRM API v8 documentation)"

    static let paging: [ErrorGuide] = [
        ErrorGuide(
            "DISCRETE_PAGINATION_LIMIT_EXCEEDED", .refused, [400],
            "Records beyond the first 2000 cannot be asked for by page number; Zoho wants the page_token of the page "
                + "before.",
            remedy:
                "api get 'PATH?page_token=TOKEN', with next_page_token from the info of the page before and without "
                + "page",
            source: records),
        ErrorGuide(
            "PAGINATION_LIMIT_EXCEEDED", .refused, [400],
            "Page tokens lead to the first 100 000 records and no further.",
            remedy: "narrow the request, or use Zoho's bulk export", source: records),
        ErrorGuide(
            "TOKEN_BOUND_DATA_MISMATCH", .refused, [400, 401],
            "A page_token belongs to the request that gave it; another parameter was added, changed or left out.",
            remedy: "repeat the parameters of the first page exactly, or begin again without page_token",
            source: records),
        ErrorGuide(
            "EXPIRED_VALUE", .refused, [400], "A page_token is good for 24 hours.",
            remedy: "begin again without page_token",
            source: records),
        ErrorGuide(
            "RECORD_MODIFIED", .refused, [412], "The record was changed after the time the request named.",
            remedy: "read the record again, then decide again", source: records),
        ErrorGuide(
            "AMBIGUITY_DURING_PROCESSING", .refused, [400], "Two values of the request cannot both be meant.",
            remedy: "leave out one of the values named", source: records),
        ErrorGuide(
            "INVALID_MODULE", .notFound, [400], "There is no module of this name, or the API cannot reach it.",
            remedy: "use the module's API name: api get settings/modules", source: records),
    ]
}
