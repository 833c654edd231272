# placeholder, filled with the emitter
