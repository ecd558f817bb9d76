"""What the lessons on networks share: settings, traces, class scores."""
