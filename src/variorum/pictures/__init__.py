"""The picture of an essay that chat windows and news feeds show beside a link to it."""

from variorum.pictures.card import FOLDER, HEIGHT, WIDTH, Card, path_of
from variorum.pictures.keeping import pictures_of

__all__ = ["FOLDER", "HEIGHT", "WIDTH", "Card", "path_of", "pictures_of"]
