/*
 * Keys: what the decoder makes of the terminal's bytes, their names in tables
 * and help, and the Latin keys under a Korean keyboard.
 */
#ifndef NOTES_TUI_KEY_H
#define NOTES_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Codes beyond Unicode, with the names that tables and help use. */
#define KEYS(X)								\
	X(ENTER, "Enter") X(TAB, "Tab") X(ESC, "Esc")			\
	X(BACKSPACE, "Backspace") X(DELETE, "Delete")			\
	X(INSERT, "Insert") X(UP, "Up") X(DOWN, "Down")			\
	X(LEFT, "Left") X(RIGHT, "Right") X(HOME, "Home")		\
	X(END, "End") X(PGUP, "PgUp") X(PGDN, "PgDn")			\
	X(BACKTAB, "S-Tab")						\
	X(F1, "F1") X(F2, "F2") X(F3, "F3") X(F4, "F4") X(F5, "F5")	\
	X(F6, "F6") X(F7, "F7") X(F8, "F8") X(F9, "F9")			\
	X(F10, "F10") X(F11, "F11") X(F12, "F12")

enum key_code {
	TK_BASE = 0x110000,
#define X(id, name) TK_##id,
	KEYS(X)
#undef X
	    TK_END_
};

enum key_mod { MOD_CTRL = 1, MOD_ALT = 2, MOD_SHIFT = 4 };

struct key {
	uint32_t code; /* code point or enum key_code */
	unsigned mods; /* of enum key_mod; MOD_SHIFT only with
					   the codes beyond Unicode */
};

#define KEY_NAME_MAX 24

/* "j", "Space", "Ctrl-R", "Alt-b", "Down"; one code point as itself. */
void key_label(const struct key *k, char out[KEY_NAME_MAX]);
/* The key of such a name (len bytes); false when there is none. */
bool key_parse(const char *name, size_t len, struct key *out);

/* The UTF-8 of a code point; how many bytes. */
size_t key_encode(uint32_t cp, char out[5]);

/*
 * The Latin keys in the places of a letter of the two-set Korean keyboard
 * (KS X 5002): 'j' for U+3153.  A whole syllable, as an input method hands it
 * over, gives several.  Returns how many, 0 when cp is not Korean.
 */
size_t key_from_hangul(uint32_t cp, char out[8]);

#endif
