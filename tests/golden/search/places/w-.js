daybook.take("places/w-","1XK65TCie3G4OQ7/uZV+cu4lyt9ZcGTAgEnEsIVV//9FtmPPi3LmSn6qP/NR2vRh7BXu47adnZnZVv4WQA");
