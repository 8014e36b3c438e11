"""What the recipes of the code are pinned to: small pictures drawn anew, and what each recipe gave when last raised."""
