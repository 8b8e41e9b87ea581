"""Archives as a whole: welcome, making, opening, backing up, proving."""
