"""The model: what will run. Variables, rules and guards (frozen), and readings of their likelihoods."""
