#include "late.h"

#ifndef __APPLE__
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

// Their functions are found by the same version's name that the headers are of.
#if LIBXML_VERSION >= 21400
static struct lore_library libxml2 = {.name = "libxml2.so.16"};
#else
static struct lore_library libxml2 = {.name = "libxml2.so.2"};
#endif

#define XML(function) LATE(libxml2, function)

htmlParserCtxtPtr htmlCreateMemoryParserCtxt(const char *text, int size) {
    return XML(htmlCreateMemoryParserCtxt)(text, size);
}

void htmlFreeParserCtxt(htmlParserCtxtPtr context) { XML(htmlFreeParserCtxt)(context); }

int htmlCtxtUseOptions(htmlParserCtxtPtr context, int options) {
    return XML(htmlCtxtUseOptions)(context, options);
}

int htmlParseDocument(htmlParserCtxtPtr context) { return XML(htmlParseDocument)(context); }

int xmlSwitchEncoding(xmlParserCtxtPtr context, xmlCharEncoding encoding) {
    return XML(xmlSwitchEncoding)(context, encoding);
}
#endif
