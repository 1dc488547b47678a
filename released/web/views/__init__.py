"""The pages that frame every app: home, and what operators and probes ask."""
