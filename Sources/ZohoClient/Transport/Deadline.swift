/// Raised when a request that left got no complete reply in the time it had.
struct DeadlineExceeded: Error {}

/// Raised when a request had not left before its line was cancelled.
struct Withdrawn: Error {}
