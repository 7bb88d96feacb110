/// Raised when a request that left got no complete reply in the time it had.
struct DeadlineExceeded: Error {}
