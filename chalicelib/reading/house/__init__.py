"""Pictures of houses: whether one is shown, and finding the same picture again."""
