"""What the Slack bot does under load."""
