/* How a text is written in YAML. */
#ifndef CFN_WRITE_YAML_STYLE_H
#define CFN_WRITE_YAML_STYLE_H

#include <cfngen/common.h>
#include <yaml.h>

/* The style that any YAML reader reads back as this very text: plain where that is safe, a literal
 * block for lines of text (not for keys), else quoted. */
yaml_scalar_style_t cfn__yaml_style(const char *text, size_t length, bool key);

#endif
