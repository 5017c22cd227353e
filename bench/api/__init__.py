"""The HTTP API under load, beside a bare endpoint and the recommender in process."""
