/* What the mouse does that is the same in every screen. */
#ifndef NOTES_TUI_MOUSE_H
#define NOTES_TUI_MOUSE_H

#include "ui.h"

/*
 * A click on a row that is selected does what Enter does there; false: it was
 * not selected, and is to be now.
 */
bool mouse_again(struct ui *ui, struct view *v, bool selected);

/* Left button and wheel, where the canvas was drawn last. */
void mouse_click(struct ui *ui, int y, int x);
void mouse_wheel(struct ui *ui, int y, int x, int step);

#endif
