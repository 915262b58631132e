/* Reading the answers of services that speak XML. Nothing else in the project uses libexpat. */
#ifndef CFN_LAMBDA_XML_H
#define CFN_LAMBDA_XML_H

#include <cfngen/node.h>

/* Elements lie at most so deep, counted with the root; the tree takes at most so many bytes. */
enum { CFN__DEEPEST_XML = 24, CFN__MOST_XML_BYTES = 32 * 1024 * 1024 };

/* The root element as a node: one with elements in it is a map of these, in their order, and a name
 * may stand in it more than once; any other one is a string, without the white space around it.
 * Attributes are left out. NULL when the text is no XML, has a document type (which could make it
 * grow), or is beyond the limits; the arena has failed when memory is out. */
const cfn_node *cfn__read_xml(cfn_arena *arena, const char *text, size_t length);

/* The next member with this name after one of them; the first one after NULL. */
const cfn_node *cfn__xml_next(const cfn_node *parent, const cfn_node *after, const char *name);

#endif
