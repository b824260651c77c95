/*
 * What a cell means, and how each meaning looks on terminals with 256, 16, 8
 * or no colours, dark or light.  Nothing is told by colour alone: a screen
 * without any says the same.  Colours keep a contrast of 4.5 or more against
 * black and dark grey, or white
 * (https://www.w3.org/TR/WCAG21/#contrast-minimum).
 */
#ifndef NOTES_TUI_THEME_H
#define NOTES_TUI_THEME_H

/* Each role with its letter in role maps of tests. */
#define ROLES(X)							\
	X(TEXT, '.') X(DIM, 'd') X(BAR, 'b') X(BAR_ON, 'B')		\
	X(HEADER, 'h') X(RULE, '-') X(KEY, 'k') X(LABEL, 'l')		\
	X(INFO, 'i') X(WARN, 'w') X(ERROR, 'e') X(PROMPT, 'p')		\
	X(TICKET, 't') X(URGENT, 'u') X(TODO, '0') X(DOING, '1')	\
	X(DONE, '2') X(TAG, '#') X(MARK, '*') X(MATCH, 'm')		\
	X(POPUP, 'o') X(HEADING, 'H') X(STRONG, 'S') X(EMPH, 'E')	\
	X(CODE, 'c') X(QUOTE, 'q') X(LINK, 'L')				\
	X(ADDED, 'a') X(REMOVED, 'r')

enum role {
#define X(id, letter) ROLE_##id,
	ROLES(X)
#undef X
	    ROLE_N
};

extern const char theme_letters[ROLE_N];

enum theme_depth { DEPTH_NONE, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_N };
enum theme_tone { TONE_DARK, TONE_LIGHT, TONE_N };

enum look_attr {
	LOOK_BOLD = 1,
	LOOK_DIM = 2,
	LOOK_UNDERLINE = 4,
	LOOK_REVERSE = 8,
	LOOK_ITALIC = 16
};

struct look {
	int fg, bg;    /* palette numbers, -1: the terminal's */
	unsigned attr; /* of enum look_attr */
};

/* flags: of enum cell_flag (canvas.h). */
struct look theme_look(enum theme_depth depth, enum theme_tone tone,
    enum role role, unsigned flags);

/*
 * The depth for a terminal of so many colours, given the environment:
 * NO_COLOR (https://no-color.org/) set and not empty takes colours away.
 */
enum theme_depth theme_depth(int colours, const char *no_color);
/* From COLORFGBG ("15;0"), dark when it says nothing. */
enum theme_tone theme_tone(const char *colorfgbg);
/* From a colour as terminals report it: 0 to 65535 each. */
enum theme_tone theme_tone_rgb(unsigned r, unsigned g, unsigned b);

#endif
