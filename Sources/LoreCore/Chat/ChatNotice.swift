/// What a user should know about a reply besides its text.
public enum ChatNotice: Hashable, Sendable, CustomStringConvertible {
    /// The model refuses the parameter, so it was left out.
    case parameterDropped(String, model: String)
    /// The server read less than was sent.
    case contextCut(model: String, readTokens: Int, sentTokens: Int)
    /// The provider did not say how many tokens there were.
    case usageEstimated(model: String)

    public var description: String {
        switch self {
        case .parameterDropped(let name, let model):
            "\(model) does not take \(name); it was left out"
        case .contextCut(let model, let read, let sent):
            "\(model) read only \(read) of about \(sent) tokens; the answer may miss what was cut"
        case .usageEstimated(let model):
            "\(model) did not say how many tokens it used; they are estimated"
        }
    }
}
