"""The form as a document: teams fill it in where they are, and one of them brings it back."""
