/* Completion scripts for shells, made from the table of commands. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "output.h"

/* Calls `print` for each word that can be offered for a command's operands. */
void each_offered_word(const cli_command *command, void (*print)(void *context, const char *word),
                       void *context);

/* The same for the first word of a command line: commands, and groups of them. */
void each_first_word(void (*print)(void *context, const char *word), void *context);

void print_bash_completion(void);
void print_zsh_completion(void);
void print_fish_completion(void);

#endif
