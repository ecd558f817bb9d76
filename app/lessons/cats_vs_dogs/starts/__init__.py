"""The view starts of Cats vs dogs: three ways to learn from the same pictures."""
