#pragma once

// Nothing to call: this target defines functions that the headers of libcurl, libedit, libxml2 and
// OpenBLAS declare. A module that calls them depends on it.
