import CXML2

/// Feeds what libxml2 finds in a page to an `HTMLPage`.
enum HTMLEvents {
    /// Open elements, as many as browsers keep.
    ///
    /// The parser looks through all of them at many an end tag, so that their number has to be
    /// bounded; deeper ones are as if their tags were not there.
    static let maxDepth = 512

    /// Parses a page.
    ///
    /// - Precondition: `text` is UTF-8 without NUL bytes, of fewer than 2 GB.
    static func parse(_ text: [UInt8], into page: inout HTMLPage) {
        text.withUnsafeBytes { buffer in
            let start = buffer.assumingMemoryBound(to: CChar.self).baseAddress
            guard let start, let context = htmlCreateMemoryParserCtxt(start, CInt(buffer.count))
            else { return }
            defer { htmlFreeParserCtxt(context) }
            let options =
                HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue
                | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
                // What the page says of its encoding no longer holds: it is UTF-8 now.
                | HTML_PARSE_IGNORE_ENC.rawValue
            htmlCtxtUseOptions(context, CInt(options))
            xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
            run(context, into: &page)
        }
    }

    private static func run(_ context: htmlParserCtxtPtr, into page: inout HTMLPage) {
        withUnsafeMutablePointer(to: &page) { page in
            var listener = Listener(page: page, parser: context)
            var handler = xmlSAXHandler()
            handler.startElement = { listener, name, attributes in
                withListener(listener) { $0.start(name, attributes) }
            }
            handler.endElement = { listener, name in
                withListener(listener) { $0.end(name) }
            }
            handler.characters = { listener, text, count in
                withListener(listener) { $0.characters(text, count) }
            }
            handler.ignorableWhitespace = handler.characters
            withUnsafeMutablePointer(to: &listener) { listener in
                context.pointee.sax.pointee = handler
                context.pointee.userData = UnsafeMutableRawPointer(listener)
                htmlParseDocument(context)
            }
        }
    }
}

/// What the parser calls back.
private struct Listener {
    let page: UnsafeMutablePointer<HTMLPage>
    let parser: htmlParserCtxtPtr

    func start(
        _ name: UnsafePointer<xmlChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard let name else { return }
        let element = HTMLElement(named: string(name))
        if parser.pointee.nameNr > HTMLEvents.maxDepth, !element.holdsRawText {
            forgetInnermost()
            if element != .inline { page.pointee.breakLine() }
        } else {
            page.pointee.start(element, attributes: HTMLAttributes(attributes))
        }
    }

    /// Takes the element that has just been opened off the parser's stack.
    private func forgetInnermost() {
        parser.pointee.nameNr -= 1
        parser.pointee.name = parser.pointee.nameTab[Int(parser.pointee.nameNr) - 1]
    }

    func end(_ name: UnsafePointer<xmlChar>?) {
        guard let name else { return }
        page.pointee.end(HTMLElement(named: string(name)))
    }

    func characters(_ text: UnsafePointer<xmlChar>?, _ count: CInt) {
        page.pointee.append(UnsafeBufferPointer(start: text, count: Int(count)))
    }
}

private func withListener(_ pointer: UnsafeMutableRawPointer?, _ body: (Listener) -> Void) {
    guard let pointer else { return }
    body(pointer.assumingMemoryBound(to: Listener.self).pointee)
}

private func string(_ name: UnsafePointer<xmlChar>) -> String {
    String(decodingCString: name, as: UTF8.self)
}

/// The attributes of a tag, read only where somebody asks.
struct HTMLAttributes {
    private let pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?

    init(_ pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) { self.pairs = pairs }

    var isEmpty: Bool { pairs == nil }

    /// The value of the attribute called `name`; an empty string where it has none.
    subscript(_ name: String) -> String? {
        guard let pairs else { return nil }
        var index = 0
        while let key = pairs[index] {
            if string(key) == name { return pairs[index + 1].map(string) ?? "" }
            index += 2
        }
        return nil
    }
}
