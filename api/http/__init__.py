"""What stands between the network and the routes: who asks, how much, in which language, and what is said back."""
