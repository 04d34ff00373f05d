"""Links before posts: what runs did to people and its undoing; questions given out, answers taken in."""
