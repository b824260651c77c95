/* Shared by the files of utf8. */
#ifndef NOTES_BASE_UTF8_PRIV_H
#define NOTES_BASE_UTF8_PRIV_H

#include <stdbool.h>
#include <stdint.h>

/* One column in the West, two on some East Asian terminals (Unicode annex 11)?
 */
bool	utf8_is_ambiguous(uint32_t cp);

#endif
