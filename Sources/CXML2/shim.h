#pragma once

// Where libxml2 was built with ICU, its headers pull in ICU's, which clash with those that
// Foundation carries. Nothing here needs them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
